using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Diff;

/// <summary>An object as it is in two documents; in one of them there may be none.</summary>
internal sealed class ObjectPair(Resource? before, Resource? after)
{
    private static readonly RecordShape Metadata = ShapeCatalogue.OfRecord(typeof(ResourceMetadata));

    /// <summary>What became of it, unless <see cref="IsSame"/>.</summary>
    public ChangeKind Kind => before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed;

    /// <summary>True when both say the same.</summary>
    public bool IsSame => before is not null && after is not null
        && (ReferenceEquals(before, after)
            || (Metadata.Same(before.Metadata, after.Metadata) && ShapeCatalogue.OfRecord(before.UntypedSpec.GetType()).Same(before.UntypedSpec, after.UntypedSpec)));

    /// <summary>Spells the difference out, key by key.</summary>
    public ObjectChange Spell()
    {
        using var diff = new KeyDiff();
        return new ObjectChange((after ?? before)!.Id, Kind, diff.Between(before, after));
    }

    /// <summary>The objects of both documents side by side, in the order of documents, which is also that of ids; those that are one and the same are left out.</summary>
    public static List<ObjectPair> Of(ConfigDocument before, ConfigDocument after)
    {
        var (old, now) = (before.Resources, after.Resources);
        var pairs = new List<ObjectPair>();
        for (int i = 0, j = 0; i < old.Count || j < now.Count;)
        {
            int order = i == old.Count ? 1 : j == now.Count ? -1 : ConfigDocument.Compare(old[i], now[j]);
            var (one, other) = (order > 0 ? null : old[i++], order < 0 ? null : now[j++]);
            if (!ReferenceEquals(one, other)) pairs.Add(new(one, other));
        }

        return pairs;
    }
}
