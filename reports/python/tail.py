try:
    main()
except OSError as problem:  # refused, reset, or too slow
    fail("a server that goes on serving", problem)
print("OK")
