using System.Security.Cryptography;

namespace Tidegate.Platform.Security.Access;

/// <summary>Ids that may stand in logs and lists: <c>k_</c> key, <c>t_</c> token, <c>s_</c> session. Random, so that they say nothing about how many there are.</summary>
internal static class PublicId
{
    public static string Create(char kind) => $"{kind}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
}
