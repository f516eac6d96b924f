using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>
/// Looks at the texts of a request or an answer as it was written and replaces those that change: everything else stays byte for byte, unknown fields included.
/// The document must be valid JSON.
/// </summary>
/// <param name="body">The document.</param>
/// <param name="isAnswer">It is an answer; else a request.</param>
/// <param name="looks">What is looked for in texts.</param>
/// <param name="thoughts">The same in thoughts.</param>
/// <param name="places">Places of concern whatever stands there.</param>
/// <param name="findings">Where findings are told.</param>
/// <param name="mostHold">Longest finding.</param>
internal sealed class JsonGuard(ReadOnlyMemory<byte> body, bool isAnswer, GuardLook[] looks, GuardLook[] thoughts, JsonPlace[] places, GuardFindings findings, int mostHold)
{
    private readonly List<(int From, int To, string Text)> _edits = [];
    private readonly List<(int From, int To)> _logprobs = [];
    private readonly GuardLook[] _instructions = [.. looks.Where(l => l.Rule.InInstructions)];
    private readonly List<string> _way = [];

    /// <summary>Characters of all texts.</summary>
    public long Length { get; private set; }

    /// <summary>The document with what was found replaced; the same bytes when nothing was.</summary>
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

    private void Value(ref Utf8JsonReader reader, JsonRegion region, bool isRoot = false)
    {
        if (places.Length > 0 && Array.Find(places, p => IsHere(p.Steps)) is { } place)
        {
            Replace(ref reader, place.Rule);
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
            case JsonTokenType.String when region != JsonRegion.None:
                Text(ref reader, region);
                break;
            case JsonTokenType.Number when region == JsonRegion.Free:
                Number(ref reader);
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader, JsonRegion region, bool isRoot)
    {
        var look = region is JsonRegion.None or JsonRegion.Free ? default : JsonWords.Look(reader);
        if (look.IsInstruction) region = JsonRegion.Instructions;
        else if (look.IsThought) region = JsonRegion.Thoughts;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Unescaped(ref reader);
            reader.Read();
            _way.Add(name);
            var from = (int)reader.TokenStartIndex;
            Value(ref reader, isRoot ? JsonWords.Root(name, isAnswer) : JsonWords.Child(region, name, look.IsTextSource));
            if (isAnswer && JsonWords.IsLogprobs(name)) _logprobs.Add((from, (int)reader.BytesConsumed));
            _way.RemoveAt(_way.Count - 1);
        }
    }

    private void Text(ref Utf8JsonReader reader, JsonRegion region)
    {
        var text = JsonText.Unescaped(ref reader);
        Length += text.Length;
        var used = region switch { JsonRegion.Thoughts => thoughts, JsonRegion.Instructions => _instructions, _ => looks };
        if (used.Length == 0 || findings.Blocked is not null) return;
        var before = findings.Changes;
        // Data as text, as tools are given and give it: it stays JSON.
        var told = IsJson(text) ? new ArgumentsGuard(used, findings, mostHold).Whole(text) : new TextGuard(used, findings, mostHold).Whole(text);
        if (findings.Changes != before) Edit(ref reader, Quote(told));
    }

    private void Number(ref Utf8JsonReader reader)
    {
        var before = findings.Changes;
        var told = new TextGuard(looks, findings, mostHold).Whole(Encoding.UTF8.GetString(reader.ValueSpan));
        if (findings.Changes != before) Edit(ref reader, Quote(told));
    }

    private void Replace(ref Utf8JsonReader reader, GuardRule rule)
    {
        var from = (int)reader.TokenStartIndex;
        var value = reader.TokenType == JsonTokenType.String ? JsonText.Unescaped(ref reader) : "";
        if (reader.TokenType == JsonTokenType.Null) return;
        reader.Skip();
        if (value.Length == 0) value = Encoding.UTF8.GetString(body.Span[from..(int)reader.BytesConsumed]);
        var before = findings.Changes;
        var told = findings.Decide(rule, value);
        if (findings.Changes != before) _edits.Add((from, (int)reader.BytesConsumed, Quote(told)));
    }

    private bool IsHere(string[] steps)
    {
        if (steps.Length != _way.Count) return false;
        for (var i = 0; i < steps.Length; i++)
            if (steps[i] != _way[i] && !(steps[i] == "*" && char.IsAsciiDigit(_way[i].FirstOrDefault()))) return false;
        return true;
    }

    private void Edit(ref Utf8JsonReader reader, string text) => _edits.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed, text));

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

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
