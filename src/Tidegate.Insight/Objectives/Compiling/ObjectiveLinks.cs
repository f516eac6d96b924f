using Tidegate.Core.Resources;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Where one looks when an objective alerts: annotations of its SLO that are addresses, but for its runbook. Equal ones are the same to an objective.</summary>
internal sealed class ObjectiveLinks(IReadOnlyList<AlertLink> all) : IEquatable<ObjectiveLinks>
{
    public static ObjectiveLinks None { get; } = new([]);

    public IReadOnlyList<AlertLink> All { get; } = all;

    public static ObjectiveLinks Of(ResourceMetadata slo) => new(
    [
        .. slo.Annotations.Where(a => a.Key != "runbook" && Uri.TryCreate(a.Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            .OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new AlertLink(a.Key, a.Value)),
    ]);

    public bool Equals(ObjectiveLinks? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as ObjectiveLinks);

    public override int GetHashCode() => All.Count;
}
