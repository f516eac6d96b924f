using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Runs formats as the gateway does: requests, answers and streams, whole and in pieces.</summary>
internal static class FormatRun
{
    public static readonly AnswerContext Context = new("alias", "call1", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)) { StreamUsage = true };

    public static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));

    public static string FixtureText(string name) => Encoding.UTF8.GetString(Fixture(name));

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public static (ChatRequest? Request, FormatIssues Issues) Read(IFaceFormat face, string json)
    {
        var issues = new FormatIssues();
        return (face.ReadRequest(Json(json), issues), issues);
    }

    public static (string Json, FormatIssues Issues) Write(ITargetFormat target, ChatRequest request)
    {
        var issues = new FormatIssues();
        return (Text(json => target.WriteRequest(request, json, issues)), issues);
    }

    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void SameJson(string expected, string actual)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual))) Assert.Equal(Pretty(expected), Pretty(actual));
    }

    /// <summary>Events of a stream that arrives in pieces of the given size; the number of malformed frames comes along.</summary>
    public static (List<ChatEvent> Events, int Malformed) Events(ITargetFormat target, byte[] stream, int piece = int.MaxValue)
    {
        var events = new List<ChatEvent>();
        var malformed = 0;
        var frames = target.CreateFrameReader();
        var reader = target.CreateStreamReader();
        byte[] left = [];
        for (var at = 0; at < stream.Length; at += Math.Min(piece, stream.Length - at))
        {
            left = [.. left, .. stream.AsSpan(at, Math.Min(piece, stream.Length - at))];
            var buffer = new ReadOnlySequence<byte>(left);
            while (frames.TryRead(ref buffer, out var frame))
                if (!reader.Read(frame, events)) malformed++;
            left = buffer.ToArray();
        }

        var rest = new ReadOnlySequence<byte>(left);
        while (frames.TryReadLast(ref rest, out var last))
            if (!reader.Read(last, events)) malformed++;
        return (events, malformed);
    }

    /// <summary>Events of a stream cut in two at a byte.</summary>
    public static List<ChatEvent> EventsCutAt(ITargetFormat target, byte[] stream, int cut)
    {
        var events = new List<ChatEvent>();
        var frames = target.CreateFrameReader();
        var reader = target.CreateStreamReader();
        var first = new ReadOnlySequence<byte>(stream.AsMemory(0, cut));
        while (frames.TryRead(ref first, out var frame)) reader.Read(frame, events);
        var second = new ReadOnlySequence<byte>([.. first.ToArray(), .. stream.AsSpan(cut)]);
        while (frames.TryRead(ref second, out var frame)) reader.Read(frame, events);
        while (frames.TryReadLast(ref second, out var last)) reader.Read(last, events);
        return events;
    }

    /// <summary>One line per event, for comparisons.</summary>
    public static string Tell(IEnumerable<ChatEvent> events) => string.Join('\n', events.Select(e => JsonSerializer.Serialize(e, e.GetType())));

    public static void SameAtEveryCut(ITargetFormat target, byte[] stream)
    {
        var whole = Tell(Events(target, stream).Events);
        Assert.Equal(whole, Tell(Events(target, stream, 1).Events));
        for (var cut = 0; cut <= stream.Length; cut++) Assert.Equal(whole, Tell(EventsCutAt(target, stream, cut)));
    }

    public static string Stream(IFaceFormat face, IEnumerable<ChatEvent> events, AnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = face.CreateStreamWriter(context ?? Context);
        foreach (var next in events) writer.Write(next, output);
        writer.End(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static ChatAnswer Build(IEnumerable<ChatEvent> events)
    {
        var builder = new AnswerBuilder();
        foreach (var next in events) builder.Add(next);
        return builder.Build();
    }

    public static void SameAnswer(ChatAnswer expected, ChatAnswer actual) => Assert.Equal(Show(expected), Show(actual));

    public static string[] Fields(FormatIssues issues) => [.. issues.All.Where(i => !i.IsHint).Select(i => i.Field)];

    public static string[] Hints(FormatIssues issues) => [.. issues.All.Where(i => i.IsHint).Select(i => i.Field)];

    private static string Show(ChatAnswer answer) =>
        string.Join('\n', answer.Choices.SelectMany(c => c.Parts.Select(p => JsonSerializer.Serialize(p, p.GetType())).Append(c.Finish.ToString())).Append(answer.Usage?.ToString() ?? ""));

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
