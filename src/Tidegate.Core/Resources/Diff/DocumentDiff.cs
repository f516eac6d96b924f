namespace Tidegate.Core.Resources.Diff;

/// <summary>What differs between two documents.</summary>
/// <param name="Changes">The objects that differ, ordered by kind and name; only the first ones of each kind of change when so many were asked for.</param>
/// <param name="Added">Objects that are new.</param>
/// <param name="Changed">Objects that say something else.</param>
/// <param name="Removed">Objects that are gone.</param>
public sealed record DocumentDiff(IReadOnlyList<ObjectChange> Changes, int Added, int Changed, int Removed)
{
    /// <summary>Objects that differ, whether they are among the changes or not.</summary>
    public int Total => Added + Changed + Removed;

    /// <summary>In one line: <c>2 added, 1 changed, 0 removed</c>.</summary>
    public string Summary => $"{Added} added, {Changed} changed, {Removed} removed";

    /// <summary>Compares two documents.</summary>
    /// <param name="before">The one that was.</param>
    /// <param name="after">The one that is to be.</param>
    /// <param name="most">So many objects of each kind of change are spelled out, the others counted: for 10,000 routes telling what is new costs more than finding it. Default: all.</param>
    public static DocumentDiff Between(ConfigDocument before, ConfigDocument after, int most = int.MaxValue)
    {
        var pairs = ObjectPair.Of(before, after);
        var same = ManyObjects.Select(pairs, static pair => pair.IsSame);
        var counts = new int[3];
        var shown = new List<ObjectPair>();
        for (int i = 0; i < same.Length; i++)
        {
            if (!same[i] && counts[(int)pairs[i].Kind]++ < most) shown.Add(pairs[i]);
        }

        return new DocumentDiff(
            ManyObjects.Select(shown, static pair => pair.Spell()), counts[(int)ChangeKind.Added], counts[(int)ChangeKind.Changed], counts[(int)ChangeKind.Removed]);
    }
}
