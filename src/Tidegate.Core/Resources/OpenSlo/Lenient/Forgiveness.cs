using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slos.Rules;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>
/// What lenient reading forgives although the object stays as it is: metric sources that Tidegate cannot ask, and services that are only a word. The object says so in
/// an annotation, which makes the same findings warnings from then on: else the next strict apply of something else would be refused.
/// </summary>
internal static class Forgiveness
{
    /// <summary>The annotation: codes of findings, separated by commas.</summary>
    public const string Annotation = "tidegate/forgiven";

    private static readonly string[] Codes = [MetricSourceTypes.UnknownType, SloServiceRule.UnknownService];

    /// <summary>True when a finding of an object is only a warning.</summary>
    public static bool Covers(Resource resource, string code) =>
        Codes.Contains(code, StringComparer.Ordinal) && resource.ApiVersion == OpenSloVersion.V1
        && resource.Metadata.Annotations.TryGetValue(Annotation, out var forgiven) && forgiven.Split(',').Contains(code, StringComparer.Ordinal);

    /// <summary>Objects with the annotation, for what was found in them; empty when there is nothing to forgive.</summary>
    public static IReadOnlyList<ReadObject> Of(IReadOnlyList<Finding> findings, IReadOnlyDictionary<string, ReadObject> objects) =>
    [
        .. findings.Where(f => f.Severity == FindingSeverity.Error && Codes.Contains(f.Code, StringComparer.Ordinal) && objects.ContainsKey(f.Resource))
            .GroupBy(f => f.Resource, StringComparer.Ordinal)
            .Select(g => Stamped(objects[g.Key], g.Select(f => f.Code))),
    ];

    private static ReadObject Stamped(ReadObject read, IEnumerable<string> codes)
    {
        var metadata = read.Resource.Metadata;
        var annotations = new Dictionary<string, string>(metadata.Annotations, StringComparer.Ordinal) { [Annotation] = string.Join(',', codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) };
        return read with { Resource = read.Resource with { Metadata = metadata with { Annotations = annotations } } };
    }
}
