namespace Tidegate.EndToEnd.Support;

/// <summary>Scenarios that load the machine, count what a loaded machine loses, or measure a process: side by side they would measure each other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
