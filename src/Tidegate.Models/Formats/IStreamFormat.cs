using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats;

/// <summary>A format whose streams can be read.</summary>
public interface IStreamFormat
{
    /// <summary>Cuts the bytes of a stream into frames.</summary>
    IFrameReader CreateFrameReader();

    /// <summary>Reads a stream, frame by frame.</summary>
    IStreamReader CreateStreamReader();
}
