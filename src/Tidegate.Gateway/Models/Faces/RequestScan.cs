using System.Text.Json;
using System.Text.Unicode;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>What must be known of a request that passes through without being taken apart: one walk over its tokens.</summary>
internal readonly record struct RequestScan
{
    /// <summary>The model named in the body; null when none is.</summary>
    public string? Model { get; private init; }

    /// <summary>Where the model's value stands, whatever it is, quotes included: first byte and one past the last; 0 and 0 when it does not.</summary>
    public (int From, int To) ModelAt { get; private init; }

    /// <summary>The answer is to be streamed; null when the body does not say.</summary>
    public bool? Stream { get; private init; }

    /// <summary>What to write where, so that the target reports usage at the end of a stream; for formats that are told by <c>stream_options</c>.</summary>
    public Edit UsageEdit { get; private init; }

    /// <summary>The caller asked for usage at the end of the stream.</summary>
    public bool StreamUsage { get; private init; }

    /// <summary>There are tools.</summary>
    public bool HasTools { get; private init; }

    /// <summary>There are images.</summary>
    public bool HasImages { get; private init; }

    /// <summary>There may be a shape that the answer shall have: a word for it is there, in whichever format.</summary>
    public bool MayAskShape { get; private init; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary>It is a form, where values stand without quotes.</summary>
    public bool IsForm { get; private init; }

    /// <summary>What a form told.</summary>
    public static RequestScan OfForm(string? model, (int From, int To) modelAt, bool? stream) => new() { Model = model, ModelAt = modelAt, Stream = stream, IsForm = true };

    /// <summary>A request that cannot be read.</summary>
    public static RequestScan Broken(string problem) => new() { Problem = problem };

    /// <summary>Walks over a request.</summary>
    public static RequestScan Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body)) return new RequestScan { Problem = "The body is not valid UTF-8." };
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 128 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return new RequestScan { Problem = "The body is not a JSON object." };
            var found = Walk(ref reader, body);
            while (reader.Read()) { } // throws when something follows
            return found;
        }
        catch (JsonException e)
        {
            return new RequestScan { Problem = $"The body is not valid JSON: {Text(e)}" };
        }
    }

    private static RequestScan Walk(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var (isNamed, isToldToStream) = (false, false);
        var found = new RequestScan { UsageEdit = new Edit((int)reader.BytesConsumed, (int)reader.BytesConsumed, "\"stream_options\":{\"include_usage\":true},") };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is("model"u8))
            {
                if (isNamed) found = found with { Problem = Twice("model") };
                isNamed = true;
                reader.Read();
                var at = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.String) found = found with { Model = Name(ref reader) };
                else Skip(ref reader, ref found);
                found = found with { ModelAt = (at, (int)reader.BytesConsumed) };
            }
            else if (reader.Is("stream"u8))
            {
                if (isToldToStream) found = found with { Problem = Twice("stream") };
                isToldToStream = true;
                reader.Read();
                if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) found = found with { Stream = reader.TokenType == JsonTokenType.True };
                else if (reader.TokenType != JsonTokenType.Null) found = found with { Problem = "stream: must be true or false." };
                Skip(ref reader, ref found);
            }
            else if (reader.Is("stream_options"u8))
            {
                reader.Read();
                found = Options(ref reader, found);
            }
            else
            {
                var tools = reader.Is("tools"u8) || reader.Is("functions"u8);
                var (shape, bare) = (IsShape(ref reader), reader.Is("format"u8));
                reader.Read();
                if (bare && reader.TokenType == JsonTokenType.StartObject) found = found with { MayAskShape = true }; // Ollama's is the schema itself
                if (tools && reader.TokenType == JsonTokenType.StartArray) found = found with { HasTools = true };
                var from = (int)reader.TokenStartIndex;
                Skip(ref reader, ref found);
                if (shape && body[from..(int)reader.BytesConsumed].IndexOf("json"u8) >= 0) found = found with { MayAskShape = true };
            }
        }

        return found;
    }

    // OpenAI's two formats, Anthropic's, Gemini's, Ollama's: in all of them the word json stands somewhere within.
    private static bool IsShape(ref Utf8JsonReader reader) =>
        reader.Is("response_format"u8) || reader.Is("text"u8) || reader.Is("output_config"u8) || reader.Is("output_format"u8) || reader.Is("generationConfig"u8) || reader.Is("generation_config"u8) || reader.Is("format"u8);

    private static RequestScan Options(ref Utf8JsonReader reader, RequestScan found)
    {
        var (from, to) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Skip(ref reader, ref found);
            return found with { UsageEdit = new Edit(from, (int)reader.BytesConsumed, "{\"include_usage\":true}") };
        }

        var empty = true;
        Edit? edit = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            empty = false;
            var usage = reader.Is("include_usage"u8);
            reader.Read();
            var at = (int)reader.TokenStartIndex;
            if (usage) found = found with { StreamUsage = reader.TokenType == JsonTokenType.True };
            reader.Skip();
            if (usage) edit = new Edit(at, (int)reader.BytesConsumed, "true");
        }

        return found with { UsageEdit = edit ?? new Edit(to, to, empty ? "\"include_usage\":true" : "\"include_usage\":true,") };
    }

    // Walks over a value, looking for images on the way: {"type":"image_url"}, {"type":"input_image"}, {"type":"image"}, {"inlineData":...}.
    private static void Skip(ref Utf8JsonReader reader, ref RequestScan found)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        var depth = reader.CurrentDepth;
        var isType = false;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                isType = reader.Is("type"u8);
                if (reader.Is("inlineData"u8) || reader.Is("inline_data"u8)) found = found with { HasImages = true };
            }
            else
            {
                if (isType && reader.TokenType == JsonTokenType.String && (reader.Is("image_url"u8) || reader.Is("input_image"u8) || reader.Is("image"u8)))
                    found = found with { HasImages = true };
                isType = false;
            }
        }
    }

    // Readers differ in which of two counts: what was decided by one must not be done by the other.
    private static string Twice(string name) => $"\"{name}\" stands in the body twice: leave one out.";

    private static string? Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException) // a lone surrogate: no model is called so
        {
            return "";
        }
    }

    // Without the path the serializer appends: it knows none here.
    private static string Text(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : $"{e.Message[..end]} Line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
    }

    /// <summary>Bytes to replace.</summary>
    /// <param name="From">First byte.</param>
    /// <param name="To">One past the last.</param>
    /// <param name="Text">What stands there then.</param>
    internal readonly record struct Edit(int From, int To, string Text);
}
