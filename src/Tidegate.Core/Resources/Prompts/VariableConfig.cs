using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Tidegate.Core.Resources.Prompts;

/// <summary>A blank of a prompt, and which values it takes.</summary>
public sealed record VariableConfig
{
    /// <summary>Name in templates and requests: a letter or <c>_</c>, then letters, digits and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds. Default <c>string</c>.</summary>
    public VariableType Type { get; init; } = VariableType.String;

    /// <summary>What to put there, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Calls must give it, unless there is a <see cref="Default"/>. Default true; an optional one that is not given is blank.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Value where a call gives none. Null (default): there is none.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>With type <c>enum</c>: all legal values.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>With types <c>number</c> and <c>integer</c>: least value. Null (default): any.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>With types <c>number</c> and <c>integer</c>: greatest value. Null (default): any.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>With type <c>string</c>: .NET regular expression, run without backtracking, that must be found in the value; <c>^...$</c> for the whole of it. Null (default): any text.</summary>
    public string? Pattern { get; init; }

    /// <summary>With type <c>string</c>: most characters. Default 100000.</summary>
    [Range(1, 1000000)]
    public int MaxLength { get; init; } = 100_000;

    /// <summary>With type <c>array</c>: type of all elements; <c>enum</c> means one of <c>values</c>. Null (default): any.</summary>
    public VariableType? Items { get; init; }

    /// <summary>With type <c>array</c>: most elements. Default 1000.</summary>
    [Range(1, 10000)]
    public int MaxItems { get; init; } = 1000;
}
