// Many tests wait: for databases and child processes, for locks and real clocks. Twice as many at a time as there are processors (xunit.runner.json) leave none idle; those that take longest begin first.
[assembly: TestCollectionOrderer(typeof(Tidegate.Tests.Support.LongFirst))]
