namespace Tidegate.Platform.Audit;

/// <summary>What checking the whole trail found.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Sequence">Newest sequence.</param>
/// <param name="Hash">Hash of the newest row. Note it (with the sequence) somewhere else: it can be passed to a later verification as an anchor.</param>
/// <param name="Anchor">Row up to which a record outside the database confirms the trail; 0 when there is none.</param>
/// <param name="Problems">In order of sequence, at most 100. Empty: sound.</param>
public sealed record AuditVerification(long Rows, long Sequence, string Hash, long Anchor, IReadOnlyList<AuditProblem> Problems)
{
    /// <summary>Nothing wrong was found.</summary>
    public bool Sound => Problems.Count == 0;

    /// <summary>First row concerned by a problem; null when sound.</summary>
    public long? FirstBroken => Sound ? null : Problems.Min(problem => problem.Sequence);
}
