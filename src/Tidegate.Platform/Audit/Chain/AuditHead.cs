namespace Tidegate.Platform.Audit.Chain;

/// <summary>The only row of <c>audit_head</c>: where the chain ends, so that rows cut off its end are missed.</summary>
internal sealed class AuditHead
{
    public const int TheOnly = 1;

    public int Id { get; init; } = TheOnly;

    /// <summary>Names the chain; part of its genesis. The installation that began it.</summary>
    public required string Chain { get; init; }

    public long Sequence { get; set; }

    public required string Hash { get; set; }
}
