namespace Tidegate.Platform.Audit;

/// <summary>A row of the trail as it is stored, hashed, listed and exported. <c>docs/specs/audit.md</c> defines the hash.</summary>
public sealed record AuditRow
{
    /// <summary>1, 2, 3, ... without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, UTC, in microseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Kind of the actor: <c>user</c>, <c>token</c>, <c>system</c>, <c>anonymous</c>.</summary>
    public required string ActorKind { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>Id of the session or token used.</summary>
    public string? Credential { get; init; }

    /// <summary>Network address.</summary>
    public string? Address { get; init; }

    /// <summary>What was done, <c>area.verb</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what, <c>kind/name</c>.</summary>
    public required string Target { get; init; }

    /// <summary>State before, JSON.</summary>
    public string? Before { get; init; }

    /// <summary>State after, JSON.</summary>
    public string? After { get; init; }

    /// <summary>Joins rows of one operation.</summary>
    public string? Correlation { get; init; }

    /// <summary>Lower-case hex SHA-256 over the previous row's hash and this row.</summary>
    public required string Hash { get; init; }
}
