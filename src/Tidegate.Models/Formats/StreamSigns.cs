namespace Tidegate.Models.Formats;

/// <summary>What a frame of a stream shows to one who only looks on.</summary>
[Flags]
public enum StreamSigns
{
    /// <summary>Nothing of interest: a ping, an empty delta, a role.</summary>
    None = 0,

    /// <summary>Something of the answer: text, thoughts, a refusal, a tool call. The first one is the commit point and the first token.</summary>
    Content = 1,

    /// <summary>An answer told why it ended.</summary>
    Finish = 2,

    /// <summary>The stream said that it is over.</summary>
    Done = 4,

    /// <summary>The provider says that it failed; the full reader gives the details of this frame.</summary>
    Error = 8,

    /// <summary>Numbers of usage, in <see cref="IStreamScan.Usage"/>.</summary>
    Usage = 16,

    /// <summary>Not readable: to be counted. The bytes go through as they are.</summary>
    Malformed = 32,
}
