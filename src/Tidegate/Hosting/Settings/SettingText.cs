using System.Net;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Hosting.Settings;

/// <summary>Reads the text of settings. A <see cref="FormatException"/> says what would be legal.</summary>
internal static class SettingText
{
    /// <summary>An address to listen on: scheme, host and port only.</summary>
    public static Uri ListenAddress(string text)
    {
        if (text.Contains("//*", StringComparison.Ordinal) || text.Contains("//+", StringComparison.Ordinal))
            throw new FormatException($"'{text}' names no address: for all of them write http://0.0.0.0:8080 or http://[::]:8080.");
        var address = HttpAddress(text);
        if (address.PathAndQuery != "/") throw new FormatException($"'{text}' has a path: an address to listen on is scheme, host and port.");
        return address;
    }

    /// <summary>An absolute http or https address.</summary>
    public static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new FormatException($"'{text}' is not an address such as http://127.0.0.1:8080.");

    /// <summary>A directory that is there.</summary>
    public static string ExistingDirectory(string text) => Directory.Exists(text) ? text : throw new FormatException($"there is no directory '{text}'.");

    /// <summary>An address or CIDR.</summary>
    public static string Network(string text) =>
        IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _) ? text : throw new FormatException($"'{text}' is not an address or CIDR such as 10.0.0.0/8.");

    /// <summary>A duration, 0 s to a day.</summary>
    public static TimeSpan Duration(string text) =>
        Core.Resources.Schema.Duration.TryParse(text, out var value) && value <= TimeSpan.FromDays(1) ? value : throw new FormatException($"'{text}' is not {Core.Resources.Schema.Duration.Expected}, at most 1d.");

    /// <summary>A number of bytes.</summary>
    public static long Bytes(string text, long least) =>
        ByteSize.TryParse(text, out var value) && value >= least ? value : throw new FormatException($"'{text}' is not {ByteSize.Expected}, at least {ByteSize.Format(least)}.");

    /// <summary>A whole number in a range.</summary>
    public static int Whole(string text, int least, int most) =>
        int.TryParse(text, out var value) && value >= least && value <= most ? value : throw new FormatException($"'{text}' is not a whole number from {least} to {most}.");

    /// <summary>A share.</summary>
    public static double Share(string text) =>
        double.TryParse(text, out var value) && value is >= 0 and <= 1 ? value : throw new FormatException($"'{text}' is not a share from 0 to 1.");

    /// <summary>Yes or no.</summary>
    public static bool Switch(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false."),
    };
}
