using Tidegate.Core.Resources;

namespace Tidegate.Platform.ConfigStore;

/// <summary>The last candidate that was refused, until one is taken.</summary>
/// <param name="Time">When.</param>
/// <param name="Author">Whose it was.</param>
/// <param name="Findings">Why.</param>
public sealed record Rejection(DateTimeOffset Time, string Author, IReadOnlyList<Finding> Findings);
