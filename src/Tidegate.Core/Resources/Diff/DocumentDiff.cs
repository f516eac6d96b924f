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
        var changes = new List<ObjectChange>();
        using var diff = new KeyDiff();
        foreach (var old in before.Resources)
        {
            if (after.Find(old.Id) is null) changes.Add(new ObjectChange(old.Id, ChangeKind.Removed, diff.Between(old, null)));
        }

        foreach (var resource in after.Resources)
        {
            var old = before.Find(resource.Id);
            if (ReferenceEquals(old, resource)) continue;
            var keys = diff.Between(old, resource);
            if (old is null) changes.Add(new ObjectChange(resource.Id, ChangeKind.Added, keys));
            else if (keys.Count > 0) changes.Add(new ObjectChange(resource.Id, ChangeKind.Changed, keys));
        }

        return new DocumentDiff([.. changes.OrderBy(c => c.Id, StringComparer.Ordinal)]);
    }
}
