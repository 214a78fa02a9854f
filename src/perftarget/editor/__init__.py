"""At the writer's side: what an editor shows of a table while it is typed."""
