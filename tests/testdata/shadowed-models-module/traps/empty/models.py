# The models are in the package.
