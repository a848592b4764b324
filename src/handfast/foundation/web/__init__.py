"""What every page stands on: the doors, refusals as pages, the frame, and the parts shown in the style guide."""
