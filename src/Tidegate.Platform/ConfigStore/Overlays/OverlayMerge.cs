using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;

namespace Tidegate.Platform.ConfigStore.Overlays;

/// <summary>A document with overlays applied, one after the other. An overlay that no longer fits is left out and says why; the others still hold.</summary>
/// <param name="Document">The merged document.</param>
/// <param name="Applied">Ids of the overlays in it.</param>
/// <param name="Skipped">What was left out, and why, by id of overlay.</param>
internal sealed record OverlayMerge(ConfigDocument Document, IReadOnlyList<string> Applied, IReadOnlyDictionary<string, string> Skipped)
{
    public static OverlayMerge Of(ConfigDocument document, IEnumerable<Overlay> overlays)
    {
        var applied = new List<string>();
        var skipped = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var overlay in overlays)
        {
            var missing = overlay.Patches.Keys.Where(id => document.Find(id) is null).ToList();
            if (missing.Count > 0) skipped[overlay.Id] = $"There is no {string.Join(" and no ", missing)} any more.";
            if (missing.Count == overlay.Patches.Count) continue;
            var read = Apply(document, overlay);
            if (read.Document is null)
            {
                skipped[overlay.Id] = $"The document would not be valid: {string.Join(' ', read.Findings.Where(f => f.Severity == FindingSeverity.Error).Take(3))}";
                continue;
            }

            document = read.Document;
            applied.Add(overlay.Id);
        }

        return new OverlayMerge(document, applied, skipped);
    }

    /// <summary>The document with one overlay, and what the rules say of it. Objects that do not exist are passed over.</summary>
    public static ReadResult Apply(ConfigDocument document, Overlay overlay)
    {
        var texts = overlay.Patches
            .Where(patch => document.Find(patch.Key) is not null)
            .Select(patch =>
            {
                var merged = MergePatch.Apply(JsonNode.Parse(DocumentWriter.Canonical(document.Find(patch.Key)!)), patch.Value);
                return new SourceText($"overlay {overlay.Id} on {patch.Key}", merged?.ToJsonString() ?? "null") { IsJson = true };
            });
        return DocumentReader.Read(texts, document);
    }
}
