using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Guardrails;

/// <summary>One thing to look for.</summary>
public sealed record DetectConfig
{
    /// <summary>What it looks like.</summary>
    public required DetectType Type { get; init; }

    /// <summary>Name in records, masks and refusals: small letters, digits and <c>_</c>. Default: the word of the type, <c>us_ssn</c> for <c>usSsn</c>.</summary>
    public string? Name { get; init; }

    /// <summary>What is done about it. Default <c>mask</c>.</summary>
    public GuardAction Action { get; init; } = GuardAction.Mask;

    /// <summary>Where it is looked for. Default <c>both</c>; <c>jsonPath</c> and <c>promptInjection</c> only ever look at requests.</summary>
    public GuardDirection On { get; init; } = GuardDirection.Both;

    /// <summary>What stands in its place, with action <c>mask</c>. Default: the name in brackets, <c>[email]</c>.</summary>
    public string? Replacement { get; init; }

    /// <summary>With type <c>regex</c>: .NET regular expression, run without backtracking.</summary>
    public string? Pattern { get; init; }

    /// <summary>With type <c>regex</c>: longest match, in characters; what is longer is taken piece by piece. As many are kept back in streams. Default 64.</summary>
    [Range(1, 4096)]
    public int MaxLength { get; init; } = 64;

    /// <summary>With type <c>keyword</c>: words and phrases, in any case, found as whole words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>With type <c>jsonPath</c>: where the value stands in the request as the caller wrote it: <c>$.metadata.user_id</c>, <c>$.messages[*].name</c>.</summary>
    public string? Path { get; init; }
}
