using Tidegate.Core.Resources.Objectives.FreezeCalendars;

namespace Tidegate.Operations.Delivery;

/// <summary>A freeze that somebody would like.</summary>
public sealed record FreezeRequest
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>Why. Required: whoever is refused reads this.</summary>
    public required string Reason { get; init; }

    /// <summary>What it was decided on. Default empty.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>When it ends by itself. Null (default): when somebody ends it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What may be released all the same. Default: <c>p0</c> and <c>security</c>.</summary>
    public IReadOnlyList<FreezeException> Exceptions { get; init; } = [FreezeException.P0, FreezeException.Security];

    /// <summary>Whoever may ask twice gives the same word twice, and gets the same freeze of the service, whether it holds or has ended. Null (default): every request is a freeze of its own.</summary>
    public string? Key { get; init; }
}
