"""When what airs where: schedule.yaml × dates → airings with reasons (pure), and the scheduler that waits for them."""
