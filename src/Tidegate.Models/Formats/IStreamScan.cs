using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats;

/// <summary>
/// Looks on while a stream passes through unchanged: enough for deadlines, failover, records and bills, and cheap. Content frames make no objects. One per stream.
/// It says of every frame what the format's <see cref="IStreamReader"/> would say by its events.
/// </summary>
public interface IStreamScan
{
    /// <summary>Looks at the next frame. Never throws.</summary>
    StreamSigns Read(in StreamFrame frame);

    /// <summary>The latest numbers; null when none were told. Made anew with every call.</summary>
    Usage? Usage { get; }

    /// <summary>After <see cref="StreamSigns.Finish"/>: no answer that began in the stream is without its end. Formats of one answer have nothing to say.</summary>
    bool IsWhole => true;

    /// <summary>The model declined, in words or by the reason of an end, or the provider's filter cut the answer.</summary>
    bool IsRefused { get; }

    /// <summary>Thoughts were among what came, in words. Formats whose usage does not tell reasoning apart have nothing to say.</summary>
    bool HasThoughts => false;

    /// <summary>UTF-8 bytes of text, thoughts and arguments so far, more or less (escapes may count): for estimates where a stream breaks before its usage.</summary>
    long ContentBytes { get; }

    /// <summary>The beginning of the same as it stood in JSON, escapes and all, where the look keeps it: for formats of providers that may never tell usage. Else empty.</summary>
    ReadOnlyMemory<byte> ContentText => default;
}
