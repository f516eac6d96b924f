namespace Tidegate.Models.Guardrails.Json;

/// <summary>The texts of a request or an answer, in order; and the same document with other texts in the places of some.</summary>
internal sealed class JsonSegments : JsonTexts
{
    private readonly IReadOnlyDictionary<int, string>? _others;
    private readonly List<TextSegment> _segments = [];

    private JsonSegments(ReadOnlyMemory<byte> body, bool isAnswer, IReadOnlyDictionary<int, string>? others)
        : base(body, isAnswer, []) => _others = others;

    /// <summary>The texts that are not empty.</summary>
    public static IReadOnlyList<TextSegment> Of(ReadOnlyMemory<byte> body, bool isAnswer)
    {
        var segments = new JsonSegments(body, isAnswer, null);
        segments.Run();
        return segments._segments;
    }

    /// <summary>The document with other texts, by their index in <see cref="Of"/>.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> body, bool isAnswer, IReadOnlyDictionary<int, string> others) => new JsonSegments(body, isAnswer, others).Run();

    /// <inheritdoc/>
    protected override string? Text(string text, JsonRegion region)
    {
        if (text.Length == 0) return null;
        _segments.Add(TextSegment.Of(region, text));
        return _others?.GetValueOrDefault(_segments.Count - 1);
    }
}
