namespace Tidegate.Platform.Audit.Chain;

/// <summary>Checks rows one after the other, from a database or from an exported file.</summary>
internal sealed class ChainWalk(string? chain, IReadOnlyList<AuditAnchor> anchors)
{
    private const int MostProblems = 100;

    private readonly List<AuditProblem> _problems = [];
    private readonly Dictionary<long, string> _seen = [];
    // Null: the head row, which names the chain, is gone; that is reported once, not as a damaged first row.
    private string? _previous = chain is null ? null : AuditHash.Genesis(chain);
    private long _last;
    private long _rows;

    public void Take(AuditRow row)
    {
        if (row.Sequence != _last + 1) Report(new AuditProblem(_last + 1, "missing", row.Sequence > _last ? Gap(_last + 1, row.Sequence - 1) : $"Row {row.Sequence} stands after row {_last}."));
        // After a gap the link to the row before cannot be checked; the gap itself has been reported.
        else if (_previous is not null && !string.Equals(AuditHash.Of(_previous, row), row.Hash, StringComparison.Ordinal))
            Report(new AuditProblem(row.Sequence, "altered", $"Row {row.Sequence} ({row.Action} {row.Target}) does not match its hash: it, or the hash of the row before, was changed."));
        foreach (var anchor in anchors)
            if (anchor.Sequence == row.Sequence) _seen[row.Sequence] = row.Hash;
        _previous = row.Hash;
        _last = row.Sequence;
        _rows++;
    }

    public void End(AuditAnchor? head)
    {
        if (head is null && _rows > 0) Report(new AuditProblem(1, "head", "The head row is missing."));
        if (head is not null && head.Sequence > _last) Report(new AuditProblem(_last + 1, "truncated", Gap(_last + 1, head.Sequence) + " They were cut off the end."));
        else if (head is not null && head.Sequence < _last) Report(new AuditProblem(head.Sequence + 1, "head", $"The head row says the trail ends at {head.Sequence}, but there are rows up to {_last}."));
        else if (head is not null && _last > 0 && !string.Equals(head.Hash, _previous, StringComparison.Ordinal)) Report(new AuditProblem(_last, "head", "The head row holds another hash than the newest row."));
        foreach (var anchor in anchors) Compare(anchor);
    }

    public void Report(AuditProblem problem)
    {
        if (_problems.Count < MostProblems) _problems.Add(problem);
    }

    public AuditVerification Result() => new(
        _rows, _last, _previous ?? "", anchors.Where(Confirms).Select(anchor => anchor.Sequence).DefaultIfEmpty().Max(), [.. _problems.OrderBy(problem => problem.Sequence)]);

    private bool Confirms(AuditAnchor anchor) => _seen.TryGetValue(anchor.Sequence, out var hash) && string.Equals(hash, anchor.Hash, StringComparison.Ordinal);

    private void Compare(AuditAnchor anchor)
    {
        if (Confirms(anchor)) return;
        Report(_seen.ContainsKey(anchor.Sequence)
            ? new AuditProblem(anchor.Sequence, "rewritten", $"Row {anchor.Sequence} has another hash than was noted outside the database: it or a row before it was rewritten.")
            : new AuditProblem(Math.Min(anchor.Sequence, _last + 1), "truncated", $"Row {anchor.Sequence} was noted outside the database and is not there."));
    }

    private static string Gap(long first, long last) => first == last ? $"Row {first} is missing." : $"Rows {first} to {last} are missing.";
}
