using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Models.Providers.Fake;

/// <summary>The steps in which an answer comes, in a dialect and with the script's fault.</summary>
internal static class FakeBody
{
    private const string Broken = "{\"broken\": ";

    /// <summary>A stream: an event a token, in the script's pace.</summary>
    public static IEnumerable<FakeStep> Stream(IFaceFormat face, FakeScript script, ChatRequest request, AnswerContext context)
    {
        var deltas = FakeAnswer.Deltas(script, request);
        var writer = face.CreateStreamWriter(context);
        var pace = script.Rate > 0 ? TimeSpan.FromSeconds(1 / script.Rate) : TimeSpan.Zero;
        yield return new FakeStep(Bytes(writer, new Started(context.CallId, context.Model, context.Created.ToUnixTimeSeconds())));
        for (var i = 0; i <= deltas.Count; i++)
        {
            if (i == script.After || (i == deltas.Count && script.After > i))
            {
                switch (script.Fault)
                {
                    case FakeFault.Cut:
                        yield return FakeStep.Cut;
                        break;
                    case FakeFault.Stall:
                        yield return FakeStep.Stall;
                        break;
                    case FakeFault.Truncate:
                        yield break;
                    case FakeFault.Error:
                        yield return new FakeStep(Bytes(writer, new Failed(new ModelError(ModelErrorKind.Overloaded, 0, "The fake provider failed as its script says.")), end: true));
                        yield break;
                    case FakeFault.Malformed:
                        yield return new FakeStep(System.Text.Encoding.UTF8.GetBytes(face.StreamMediaType == "text/event-stream" ? $"data: {Broken}\n\n" : $"{Broken}\n"));
                        break;
                }
            }

            if (i < deltas.Count) yield return new FakeStep(Bytes(writer, deltas[i]), i == 0 ? script.First : pace);
        }

        yield return new FakeStep(Bytes(writer, new Finished(FakeAnswer.FinishOf(script, request, deltas))), deltas.Count == 0 ? script.First : default);
        if (script.Fault == FakeFault.NoDone) yield break;
        yield return new FakeStep(Bytes(writer, new Used(UsageOf(request, deltas)), end: true));
    }

    /// <summary>A whole answer; faults come in its middle.</summary>
    public static IEnumerable<FakeStep> Whole(IFaceFormat face, FakeScript script, ChatRequest request, AnswerContext context)
    {
        var deltas = FakeAnswer.Deltas(script, request);
        var builder = new AnswerBuilder();
        builder.Add(new Started(context.CallId, context.Model, context.Created.ToUnixTimeSeconds()));
        foreach (var delta in deltas) builder.Add(delta);
        builder.Add(new Finished(FakeAnswer.FinishOf(script, request, deltas)));
        builder.Add(new Used(UsageOf(request, deltas)));
        var bytes = Json(json => face.WriteAnswer(builder.Build(), context, json));
        var pace = script.Rate > 0 ? TimeSpan.FromSeconds(deltas.Count / script.Rate) : TimeSpan.Zero;
        var whole = script.Fault is FakeFault.None or FakeFault.NoDone or FakeFault.Error;
        yield return new FakeStep(whole ? bytes : bytes.AsMemory(0, bytes.Length / 2), script.First + pace);
        if (script.Fault == FakeFault.Cut) yield return FakeStep.Cut;
        if (script.Fault == FakeFault.Stall) yield return FakeStep.Stall;
    }

    /// <summary>JSON bytes.</summary>
    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) write(json);
        return output.WrittenSpan.ToArray();
    }

    private static Usage UsageOf(ChatRequest request, IReadOnlyList<ChatEvent> deltas) => new() { Input = FakeAnswer.InputTokens(request), Output = deltas.Count };

    private static byte[] Bytes(IStreamWriter writer, ChatEvent next, bool end = false)
    {
        var output = new ArrayBufferWriter<byte>();
        writer.Write(next, output);
        if (end) writer.End(output);
        return output.WrittenSpan.ToArray();
    }
}
