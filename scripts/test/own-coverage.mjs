// Node hands NODE_V8_COVERAGE on to every child; handlers and the engine must see nothing of it. What this process writes is settled by now.
delete process.env.NODE_V8_COVERAGE
