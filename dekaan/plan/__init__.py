"""The plan: strategy and development plan, their approvals; meetings and decisions, tasks, my week, my time, policies."""
