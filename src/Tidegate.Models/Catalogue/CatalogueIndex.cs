using System.Text.RegularExpressions;

namespace Tidegate.Models.Catalogue;

/// <summary>
/// Finds a vendor's models by name. A name of its own comes first, then the same without the date that vendors put at the end, then the longest beginning, then the
/// longest part: so the nearest kin's price is never taken where the model's own is known.
/// </summary>
internal sealed partial class CatalogueIndex
{
    private readonly Dictionary<string, CatalogueModel> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Text, CatalogueModel Model)> _begins = [], _parts = [];

    public CatalogueIndex(IEnumerable<CatalogueModel> models)
    {
        foreach (var model in models)
        {
            _names[model.Name] = model;
            foreach (var name in model.Also) _names.TryAdd(name, model);
            foreach (var text in model.Begins) _begins.Add((text, model));
            foreach (var text in model.Has) _parts.Add((text, model));
            foreach (var text in model.Ends) _parts.Add((text, model));
        }

        _begins.Sort(static (a, b) => b.Text.Length - a.Text.Length);
        _parts.Sort(static (a, b) => b.Text.Length - a.Text.Length);
    }

    public CatalogueModel? Find(string name)
    {
        if (name.StartsWith("models/", StringComparison.Ordinal)) name = name["models/".Length..];
        if (_names.TryGetValue(name, out var model) || _names.TryGetValue(Date().Replace(name, ""), out model)) return model;
        foreach (var (text, candidate) in _begins)
            if (name.StartsWith(text, StringComparison.OrdinalIgnoreCase)) return candidate;
        foreach (var (text, candidate) in _parts)
            if (candidate.Ends.Contains(text, StringComparer.Ordinal) ? name.EndsWith(text, StringComparison.OrdinalIgnoreCase) : name.Contains(text, StringComparison.OrdinalIgnoreCase)) return candidate;
        return null;
    }

    // -20250514, -2025-05-14, @20250514, -0514, -latest
    [GeneratedRegex(@"([-@]\d{8}|-\d{4}-\d{2}-\d{2}|-\d{4}|-latest|@latest|@default)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Date();
}
