// Most scenarios wait (for ticks of ten seconds, minutes of Prometheus, recoveries) and need next to no processor: two at a time for each processor (xunit.runner.json), those that take longest first.
// What loads the machine, counts what a loaded machine loses, or measures a process is in the collection Alone: one at a time, when the others are done.
[assembly: TestCollectionOrderer(typeof(Tidegate.EndToEnd.Support.LongFirst))]
