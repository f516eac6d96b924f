using System.Text;

namespace Tidegate.Gateway.Listen;

/// <summary>How the bytes of headers become text: unchanged (Latin-1), and with a closer look at the two that Kestrel reads for itself.</summary>
internal static class HeaderEncodings
{
    /// <summary>The encoding of a request header by its name.</summary>
    public static Encoding OfRequest(string name) => name.Length switch
    {
        10 when name.Equals("Connection", StringComparison.OrdinalIgnoreCase) => ConnectionEncoding.Instance,
        14 when name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) => LengthEncoding.Instance,
        _ => Encoding.Latin1,
    };
}
