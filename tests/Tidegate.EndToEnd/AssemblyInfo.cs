// Most scenarios wait (for ticks of ten seconds, minutes of Prometheus, recoveries) and need next to no processor: four at a time, and those that take longest first.
// What loads the machine, counts what a loaded machine loses, or measures the process is in the collection Alone: one at a time, when the others are done.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(Tidegate.EndToEnd.Support.LongFirst))]
