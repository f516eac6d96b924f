using System.Text;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Gateway.Models.Bodies;

/// <summary>The bodies of a call that has ended. Reading them masks them: that is work for who writes them down.</summary>
internal sealed class RecordedBodies(AnswerTape tape, Face face, PlaceholderList? placeholders, int most) : CallBodies
{
    private readonly BodyMask _mask = new(placeholders);

    /// <summary>Media type of the request.</summary>
    public required string RequestType { get; init; }

    /// <summary>Its bytes.</summary>
    public required long RequestSize { get; init; }

    /// <summary>As guardrails left it; null when it is a form, or refused.</summary>
    public required BodyCut? Sent { get; init; }

    /// <summary>A guardrail did not let it pass.</summary>
    public required bool Refused { get; init; }

    /// <summary>Media type of the answer; empty when there was none.</summary>
    public required string AnswerType { get; init; }

    /// <inheritdoc/>
    public override KeptBody Request()
    {
        if (Sent is { } sent) return Kept(RequestType, RequestSize, sent);
        return new KeptBody(RequestType, RequestSize, null, false, Refused ? "refused" : "binary");
    }

    /// <inheritdoc/>
    public override KeptBody Answer()
    {
        if (tape.Size == 0) return KeptBody.None;
        if (tape.Events is { } stream) return Kept(AnswerType, tape.Size, BodyCut.Of(stream.Build().Span, most) is var cut && stream.Truncated ? cut with { Truncated = true } : cut);
        if (face.AnswersRaw && tape.Bytes.Length == 0) return new KeptBody(AnswerType, tape.Size, null, false, "binary");
        var whole = BodyCut.Of(LogprobText.Without(tape.Bytes).Span, most);
        return Kept(AnswerType, tape.Size, whole with { Truncated = whole.Truncated || tape.Size > tape.Bytes.Length });
    }

    private KeptBody Kept(string mediaType, long size, BodyCut cut)
    {
        var text = _mask.Of(Encoding.UTF8.GetString(cut.Bytes.Span));
        // Of a body that was cut off the last of it is not kept: it may be the beginning of a secret that nobody can tell by its beginning.
        var length = cut.Truncated ? Math.Max(0, text.Length - BodyCut.Tail) : text.Length;
        var bytes = 0;
        var at = 0;
        for (; at < length && bytes <= most; at++) bytes += char.IsSurrogate(text[at]) ? 2 : text[at] < 0x80 ? 1 : text[at] < 0x800 ? 2 : 3;
        if (bytes > most) at--;
        if (at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1])) at--;
        return new KeptBody(mediaType, size, at == text.Length ? text : text[..at], cut.Truncated || at < text.Length, "");
    }
}
