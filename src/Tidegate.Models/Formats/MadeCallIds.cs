using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Models.Formats;

/// <summary>
/// Ids of tool calls for formats that have none. Made from what identifies the call (answer, name, position), so that reading the same conversation again gives the same
/// ids; short and plain enough for every vendor's rules.
/// </summary>
internal static class MadeCallIds
{
    private const string Prefix = "call_tg";

    /// <summary>An id.</summary>
    /// <param name="within">What tells this answer from others of the conversation.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="position">Position of the call.</param>
    public static string Make(string within, string name, int position) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{within}\n{name}\n{position}")).AsSpan(0, 8));

    /// <summary>True for ids that no provider gave.</summary>
    public static bool IsMade(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);
}
