namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>How the configuration of this node is.</summary>
/// <param name="Revision">Revision this node runs.</param>
/// <param name="Generation">Generation of what it runs.</param>
/// <param name="Overlays">Ids of the overlays in force.</param>
/// <param name="Skipped">Overlays left out, with the reason.</param>
/// <param name="Rejected">The last candidate that was refused; null when the newest one was taken.</param>
internal sealed record StatusAnswer(long Revision, long Generation, IReadOnlyList<string> Overlays, IReadOnlyDictionary<string, string> Skipped, Rejection? Rejected);
