using System.Buffers;
using System.Text.Json;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiCompletions;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>The provider's bytes, as they are. They are only looked at, as cheaply as the format can be.</summary>
internal sealed class PassedOutput(GatewayCall call, ModelCall model, ModelAttempt attempt) : StreamOutput(call, model, attempt)
{
    private bool _ends;
    private readonly IStreamScan _scan = attempt.Delivered.Follow(ReaderStreamScan.For(attempt.Format));

    /// <inheritdoc/>
    public override void Consumed(ReadOnlySpan<byte> bytes)
    {
        Target.Write(bytes);
        HeldBack += bytes.Length;
    }

    /// <inheritdoc/>
    public override void Take(in StreamFrame frame)
    {
        var signs = _scan.Read(frame);
        if (Has(signs, StreamSigns.Malformed))
        {
            Attempt.Skipped++;
            DropHeldBack();
            return;
        }

        if (Has(signs, StreamSigns.Error))
        {
            Fail(frame);
            return;
        }

        if (Has(signs, StreamSigns.Usage)) Attempt.Told(_scan.Usage);
        SawContent |= Has(signs, StreamSigns.Content);
        _ends |= Has(signs, StreamSigns.Finish);
        IsFinished = _ends && _scan.IsWhole;
        IsDone |= Has(signs, StreamSigns.Done);
        // Usage was asked for by us: a caller that did not ask must not be shown a chunk without choices.
        if (signs == StreamSigns.Usage && !Model.Context.StreamUsage && Attempt.Format is OpenAiChatFormat && HasNoChoices(frame)) DropHeldBack();
        else HeldBack = 0;
    }

    /// <inheritdoc/>
    protected override void TakeWhole(ChatAnswer answer)
    {
        DropHeldBack();
        var writer = FailureWriter();
        foreach (var next in AnswerEvents.Of(answer)) writer.Write(next, Target);
        Attempt.Told(answer);
        writer.End(Target);
        SawContent = IsFinished = IsDone = true;
    }

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
        DropHeldBack();
        if (IsDone) return;
        // The provider forgot it; callers wait for it.
        if (Model.Face.Format is OpenAiChatFormat or OpenAiCompletionsFormat) Target.Write("data: [DONE]\n\n"u8);
        else if (Model.Face.Format is AnthropicMessagesFormat) Target.Write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    /// <inheritdoc/>
    protected override IStreamWriter FailureWriter() => Model.Face.Format.CreateStreamWriter(Model.Context);

    private static bool Has(StreamSigns signs, StreamSigns sign) => (signs & sign) != StreamSigns.None;

    private static bool HasNoChoices(in StreamFrame frame)
    {
        using var document = JsonDocument.Parse(frame.Data);
        return document.RootElement.TryField("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() == 0;
    }

    private void Fail(in StreamFrame frame)
    {
        var events = new List<ChatEvent>();
        Attempt.Format.CreateStreamReader().Read(frame, events);
        var error = events.OfType<Failed>().FirstOrDefault()?.Error ?? new ModelError(ModelErrorKind.Server, 0, "The provider failed.");
        if (Attempt.Committed)
        {
            HeldBack = 0;
            HasTold = true;
        }

        Attempt.Fail(error, $"error in the stream: {error.Kind}");
    }
}
