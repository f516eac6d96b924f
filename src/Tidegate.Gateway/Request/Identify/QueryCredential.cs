using Microsoft.AspNetCore.WebUtilities;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>A credential in the query, for callers that cannot set headers. Off unless configured: queries end up in logs.</summary>
internal static class QueryCredential
{
    /// <summary>The value of the parameter; null when it is not there.</summary>
    public static string? Find(ReadOnlySpan<char> query, string parameter, out bool many)
    {
        many = false;
        if (query.IsEmpty) return null;
        string? found = null;
        foreach (var pair in new QueryStringEnumerable(query.ToString()))
        {
            if (!pair.DecodeName().Span.SequenceEqual(parameter)) continue;
            many = found is not null;
            found = pair.DecodeValue().ToString();
        }

        return found;
    }
}
