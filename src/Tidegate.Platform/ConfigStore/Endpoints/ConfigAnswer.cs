using System.Text.Json.Nodes;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>A document as the API shows it: plain secrets masked.</summary>
/// <param name="Revision">Number of the revision.</param>
/// <param name="Overlays">Ids of the overlays that are in it.</param>
/// <param name="Objects">The objects.</param>
internal sealed record ConfigAnswer(long Revision, IReadOnlyList<string> Overlays, JsonNode? Objects);
