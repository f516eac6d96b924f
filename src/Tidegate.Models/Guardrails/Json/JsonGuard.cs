using System.Text.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>Looks at the texts of a request or an answer as it was written and replaces what is found.</summary>
/// <param name="body">The document.</param>
/// <param name="isAnswer">It is an answer; else a request.</param>
/// <param name="looks">What is looked for in texts.</param>
/// <param name="thoughts">The same in thoughts.</param>
/// <param name="places">Places of concern whatever stands there.</param>
/// <param name="findings">Where findings are told.</param>
/// <param name="mostHold">Longest finding.</param>
internal sealed class JsonGuard(ReadOnlyMemory<byte> body, bool isAnswer, GuardLook[] looks, GuardLook[] thoughts, JsonPlace[] places, GuardFindings findings, int mostHold)
    : JsonTexts(body, isAnswer, places)
{
    private readonly GuardLook[] _instructions = [.. looks.Where(l => l.Rule.InInstructions)];

    /// <summary>Characters of all texts.</summary>
    public long Length { get; private set; }

    /// <inheritdoc/>
    protected override string? Text(string text, JsonRegion region)
    {
        Length += text.Length;
        var used = region switch { JsonRegion.Thoughts => thoughts, JsonRegion.Instructions => _instructions, _ => looks };
        if (used.Length == 0 || findings.Blocked is not null) return null;
        var before = findings.Changes;
        // Data as text, as tools are given and give it: it stays JSON.
        var told = IsJson(text) ? new ArgumentsGuard(used, findings, mostHold).Whole(text) : new TextGuard(used, findings, mostHold).Whole(text);
        return findings.Changes == before ? null : told;
    }

    /// <inheritdoc/>
    protected override string? Number(string text)
    {
        var before = findings.Changes;
        var told = new TextGuard(looks, findings, mostHold).Whole(text);
        return findings.Changes == before ? null : told;
    }

    /// <inheritdoc/>
    protected override string? Place(JsonPlace place, string value)
    {
        var before = findings.Changes;
        var told = findings.Decide(place.Rule, value);
        return findings.Changes == before ? null : told;
    }

    private static bool IsJson(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..]) return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException) // lone surrogates
        {
            return false;
        }
    }
}
