"""Run the linter over a project: scheduling, worker processes, result cache."""
