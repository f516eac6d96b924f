namespace Tidegate.Core.Resources.Diff;

/// <summary>What differs between two documents.</summary>
/// <param name="Changes">The objects that differ, ordered by kind and name.</param>
public sealed record DocumentDiff(IReadOnlyList<ObjectChange> Changes)
{
    /// <summary>Objects that are new.</summary>
    public int Added => Changes.Count(c => c.Kind == ChangeKind.Added);

    /// <summary>Objects that are gone.</summary>
    public int Removed => Changes.Count(c => c.Kind == ChangeKind.Removed);

    /// <summary>Objects that say something else.</summary>
    public int Changed => Changes.Count(c => c.Kind == ChangeKind.Changed);

    /// <summary>In one line: <c>2 added, 1 changed, 0 removed</c>.</summary>
    public string Summary => $"{Added} added, {Changed} changed, {Removed} removed";

    /// <summary>Compares two documents.</summary>
    public static DocumentDiff Between(ConfigDocument before, ConfigDocument after)
    {
        var pairs = before.Resources.Where(old => after.Find(old.Id) is null).Select(old => (Old: (Resource?)old, New: (Resource?)null))
            .Concat(after.Resources.Select(now => (Old: before.Find(now.Id), New: (Resource?)now)).Where(pair => !ReferenceEquals(pair.Old, pair.New)))
            .ToList();
        var changes = ManyObjects.Select(pairs, static pair => Between(pair.Old, pair.New)).OfType<ObjectChange>();
        return new DocumentDiff([.. changes.OrderBy(c => c.Id, StringComparer.Ordinal)]);
    }

    private static ObjectChange? Between(Resource? old, Resource? now)
    {
        using var diff = new KeyDiff();
        var keys = diff.Between(old, now);
        return old is null ? new ObjectChange(now!.Id, ChangeKind.Added, keys)
            : now is null ? new ObjectChange(old.Id, ChangeKind.Removed, keys)
            : keys.Count > 0 ? new ObjectChange(old.Id, ChangeKind.Changed, keys)
            : null;
    }
}
