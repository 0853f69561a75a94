from render_block import render_block_to_string


def row(request):
    return render_block_to_string("app/page.html", "row", {})
