namespace Tidegate.Models.Providers.Bedrock;

/// <summary>A key of AWS, as <c>ACCESS_KEY_ID:SECRET</c> or <c>ACCESS_KEY_ID:SECRET:SESSION_TOKEN</c>.</summary>
/// <param name="Id">Id of the access key.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="SessionToken">Token of temporary keys; null for lasting ones.</param>
internal sealed record AwsKey(string Id, string Secret, string? SessionToken = null)
{
    /// <summary>The key of a text; null when the text has no colon and is none.</summary>
    public static AwsKey? Parse(string text)
    {
        var parts = text.Split(':', 3);
        return parts.Length < 2 ? null : new AwsKey(parts[0], parts[1], parts.Length == 3 && parts[2].Length > 0 ? parts[2] : null);
    }

    /// <summary>Its id: the secret is not for logs.</summary>
    public override string ToString() => Id;
}
