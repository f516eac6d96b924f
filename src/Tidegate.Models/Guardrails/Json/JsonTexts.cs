using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>
/// Walks over the texts of a request or an answer as it was written and replaces those that change: everything else stays byte for byte, unknown fields included.
/// The document must be valid JSON.
/// </summary>
/// <param name="body">The document.</param>
/// <param name="isAnswer">It is an answer; else a request.</param>
/// <param name="places">Places of concern whatever stands there.</param>
internal abstract class JsonTexts(ReadOnlyMemory<byte> body, bool isAnswer, JsonPlace[] places)
{
    private readonly List<(int From, int To, string Text)> _edits = [];
    private readonly List<(int From, int To)> _logprobs = [];
    private readonly List<string> _way = [];

    /// <summary>The document with what changed; the same bytes when nothing did.</summary>
    public ReadOnlyMemory<byte> Run()
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        Value(ref reader, JsonRegion.None, isRoot: true);
        if (_edits.Count == 0) return body;
        foreach (var (from, to) in _logprobs) _edits.Add((from, to, "null"));
        _edits.Sort();
        var output = new ArrayBufferWriter<byte>(body.Length + 256);
        var at = 0;
        foreach (var (from, to, text) in _edits)
        {
            output.Write(body.Span[at..from]);
            Encoding.UTF8.GetBytes(text, output);
            at = to;
        }

        output.Write(body.Span[at..]);
        return output.WrittenMemory;
    }

    /// <summary>What a text becomes; null when it stays.</summary>
    protected abstract string? Text(string text, JsonRegion region);

    /// <summary>What a number in data of tools becomes, as a text; null when it stays.</summary>
    protected virtual string? Number(string text) => null;

    /// <summary>What the value at a place of concern becomes, as a text; null when it stays.</summary>
    protected virtual string? Place(JsonPlace place, string value) => null;

    private void Value(ref Utf8JsonReader reader, JsonRegion region, bool isRoot = false)
    {
        if (places.Length > 0 && Array.Find(places, p => IsHere(p.Steps)) is { } place)
        {
            Replace(ref reader, place);
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader, region, isRoot);
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    _way.Add(i.ToString());
                    Value(ref reader, region, isRoot); // batches of requests and of events
                    _way.RemoveAt(_way.Count - 1);
                }

                break;
            case JsonTokenType.String when region is not (JsonRegion.None or JsonRegion.Settings):
                Edit(ref reader, Text(JsonText.Unescaped(ref reader), region));
                break;
            case JsonTokenType.Number when region == JsonRegion.Free:
                Edit(ref reader, Number(Encoding.UTF8.GetString(reader.ValueSpan)));
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader, JsonRegion region, bool isRoot)
    {
        var look = region is JsonRegion.None or JsonRegion.Free or JsonRegion.Unknown or JsonRegion.Settings ? default : JsonWords.Look(reader);
        if (look.IsInstruction) region = JsonRegion.Instructions;
        else if (look.IsThought) region = JsonRegion.Thoughts;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Unescaped(ref reader);
            reader.Read();
            _way.Add(name);
            var from = (int)reader.TokenStartIndex;
            if (isRoot && !isAnswer && JsonWords.IsRequest(name)) Value(ref reader, JsonRegion.None, isRoot: true);
            else Value(ref reader, isRoot ? JsonWords.Root(name, isAnswer) : JsonWords.Child(region, name, look.IsTextSource, look.IsSpeaker));
            if (isAnswer && JsonWords.IsLogprobs(name)) _logprobs.Add((from, (int)reader.BytesConsumed));
            _way.RemoveAt(_way.Count - 1);
        }
    }

    private void Replace(ref Utf8JsonReader reader, JsonPlace place)
    {
        var from = (int)reader.TokenStartIndex;
        var value = reader.TokenType == JsonTokenType.String ? JsonText.Unescaped(ref reader) : "";
        if (reader.TokenType == JsonTokenType.Null) return;
        reader.Skip();
        if (value.Length == 0) value = Encoding.UTF8.GetString(body.Span[from..(int)reader.BytesConsumed]);
        if (Place(place, value) is { } told) _edits.Add((from, (int)reader.BytesConsumed, Quote(told)));
    }

    private bool IsHere(string[] steps)
    {
        if (steps.Length != _way.Count) return false;
        for (var i = 0; i < steps.Length; i++)
            if (steps[i] != _way[i] && !(steps[i] == "*" && char.IsAsciiDigit(_way[i].FirstOrDefault()))) return false;
        return true;
    }

    private void Edit(ref Utf8JsonReader reader, string? text)
    {
        if (text is not null) _edits.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed, Quote(text)));
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
