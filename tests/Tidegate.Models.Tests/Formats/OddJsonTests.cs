using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiCompletions;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Streaming;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Whatever callers and providers send: issues, FormatException or a skipped frame, never another exception.</summary>
public sealed class OddJsonTests
{
    private static readonly (IFaceFormat Face, ITargetFormat Target, string Folder)[] All =
    [
        (new OpenAiChatFormat(), new OpenAiChatFormat(), "OpenAiChat"),
        (new OpenAiResponsesFormat(), new OpenAiResponsesFormat(), "OpenAiResponses"),
    ];

    [Fact]
    public void ReadRequest_OneOddValue_NeverThrowsAndWhatIsTakenCanBeWritten() => Each(seed =>
    {
        var (face, target, folder) = All[seed % All.Length];
        var body = Mutated.Of(Pick(folder, "requests", ".json", seed), seed);
        var issues = new FormatIssues();

        var request = face.ReadRequest(JsonDocument.Parse(body).RootElement, issues);

        Assert.Equal(issues.HasErrors, request is null);
        if (request is not null) Streams.Json(json => target.WriteRequest(request, json, issues));
    });

    [Fact]
    public void ReadAnswer_OneOddValue_ThrowsFormatExceptionOrGivesAnAnswerThatCanBeWritten() => Each(seed =>
    {
        var (face, target, folder) = All[seed % All.Length];
        var body = Mutated.Of(Pick(folder, "answers", ".json", seed), seed);
        ChatAnswer answer;
        try
        {
            answer = target.ReadAnswer(JsonDocument.Parse(body).RootElement);
        }
        catch (FormatException)
        {
            return;
        }

        Streams.Json(json => face.WriteAnswer(answer, Streams.Context, json));
        Streams.Write(face, AnswerEvents.Of(answer));
    });

    [Fact]
    public void ReadStream_OneOddValueInEveryFrame_NeverThrowsAndCanBeWritten() => Each(seed =>
    {
        var (face, target, folder) = All[seed % All.Length];
        var reader = target.CreateStreamReader();
        var scan = ReaderStreamScan.For(target);
        var events = new List<ChatEvent>();
        foreach (var frame in Streams.Frames(target, [Pick(folder, "streams", ".sse", seed)]))
        {
            var odd = frame.Data.Span.StartsWith("{"u8) && IsJson(frame.Data) ? frame with { Data = Mutated.Of(frame.Data.ToArray(), seed) } : frame;
            var before = events.Count;
            var readable = reader.Read(odd, events);
            var signs = scan.Read(odd);

            // The names of events, by which responses are looked at, are not changed here, and their types are.
            if (folder == "OpenAiResponses") continue;
            Assert.Equal(readable, (signs & StreamSigns.Malformed) == StreamSigns.None);
            Assert.Equal(events.Skip(before).Any(e => e is Failed), (signs & StreamSigns.Error) != StreamSigns.None);
            Assert.Equal(events.Skip(before).Any(e => e is Used), (signs & StreamSigns.Usage) != StreamSigns.None);
        }

        Streams.Write(face, events);
    });

    [Fact]
    public void ReadError_AnyBytes_IsAnError() => Each(seed =>
    {
        var bytes = new byte[seed % 64];
        new Random(seed).NextBytes(bytes);
        byte[][] bodies = [bytes, Mutated.Of("""{"error":{"message":"m","type":"t","code":"c","param":"p","metadata":{"raw":"r"}},"detail":[{"loc":["a"],"msg":"b"}]}"""u8.ToArray(), seed)];
        foreach (var body in bodies)
            foreach (var (_, target, _) in All) Assert.NotEmpty(target.ReadError(400 + seed % 200, body).Message);
    });

    [Fact]
    public void ReadRequest_OfCompletions_NeverThrows() => Each(seed =>
    {
        var body = Mutated.Of("""{"model":"m","prompt":["a","b"],"stop":["x"],"logprobs":1,"stream_options":{"include_usage":true},"echo":false,"best_of":1,"logit_bias":{}}"""u8.ToArray(), seed);
        var issues = new FormatIssues();

        var request = new OpenAiCompletionsFormat().ReadRequest(JsonDocument.Parse(body).RootElement, issues);

        Assert.Equal(issues.HasErrors, request is null);
    });

    // The same odd values every time: what fails here fails again.
    private static void Each(Action<int> test)
    {
        for (var seed = 0; seed < 800; seed++)
        {
            try
            {
                test(seed);
            }
            catch (Exception thrown)
            {
                Assert.Fail($"Seed {seed}: {thrown}");
            }
        }
    }

    private static byte[] Pick(string folder, string kind, string ending, int seed)
    {
        var names = Fixture.Names($"{folder}/{kind}", ending).Select(r => r.Data).ToList();
        return Fixture.Bytes($"{folder}/{kind}/{names[seed / 7 % names.Count]}{ending}");
    }

    private static bool IsJson(ReadOnlyMemory<byte> data)
    {
        try
        {
            JsonDocument.Parse(data).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
