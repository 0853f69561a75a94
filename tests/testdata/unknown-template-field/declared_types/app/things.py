class Report:
    title = "Report"
