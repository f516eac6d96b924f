using Tidegate.Core.Ports;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Models.Providers;

/// <summary>How a vendor is spoken to: its formats, its paths, how it wants a key. One subclass per vendor; look-alikes are lines of <see cref="OpenAiFamily"/>.</summary>
public abstract class Vendor
{
    /// <summary>Word in the document.</summary>
    public abstract string Name { get; }

    /// <summary>Public address; null where every account, or every region, has its own.</summary>
    public virtual string? Address => null;

    /// <summary>Public address in a region; null where every account has its own, or the region is missing.</summary>
    public virtual string? AddressIn(string? region) => Address;

    /// <summary>Chat formats it speaks, best first.</summary>
    public abstract IReadOnlyList<ITargetFormat> Formats { get; }

    /// <summary>The format to speak to one of its models for a caller of <paramref name="face"/>: the caller's own where it can be (bytes pass through), else its best.</summary>
    public virtual ITargetFormat FormatFor(string face, string model) => Formats.FirstOrDefault(f => f.Name == face) ?? Formats[0];

    /// <summary>The format to ask one of its models for embeddings in, when the caller's own is not among <see cref="Path"/>'s; null when it has none.</summary>
    public virtual IEmbeddingsTarget? EmbeddingsFor(string model) => null;

    /// <summary>Word of the format to ask one of its models for ranks in, when it is not the caller's own; null when it has none.</summary>
    public virtual string? RerankWord => null;

    /// <summary>Path and query for an operation, appended to the account's address; null when the vendor does not have it.</summary>
    /// <param name="operation">What is wanted.</param>
    /// <param name="format">Format spoken: a vendor with other words for the operation gives null.</param>
    /// <param name="model">Name of the model at the vendor.</param>
    /// <param name="stream">The answer is to be streamed.</param>
    /// <param name="account">The account.</param>
    public abstract string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account);

    /// <summary>One of OpenAI's own formats.</summary>
    protected static bool IsOpenAi(string format) => format.StartsWith("openai_", StringComparison.Ordinal);

    /// <summary>True when requests of this format have the model in the path only, not in the body.</summary>
    public virtual bool ModelInPath(string format) => false;

    /// <summary>What answers inside the process in place of the network; null for vendors that are somewhere else.</summary>
    public virtual HttpMessageHandler? CreateHandler(TimeProvider time, IRandomSource random) => null;

    /// <summary>
    /// How a key is first exchanged for tokens; null for keys that go as they are. The token then takes the key's place in <see cref="Authorize"/>.
    /// </summary>
    /// <param name="secret">The key.</param>
    /// <param name="problem">What is wrong with a key that should be exchanged and cannot; else null. Holds nothing of the key.</param>
    public virtual ITokenExchange? Exchange(string secret, out string? problem)
    {
        problem = null;
        return null;
    }

    /// <summary>Adds what proves who asks. <paramref name="body"/> is what will be sent, for vendors that sign it.</summary>
    /// <param name="request">The request; its address and its other headers are final.</param>
    /// <param name="body">What will be sent.</param>
    /// <param name="secret">The key, or the token it was exchanged for; empty when there is none.</param>
    /// <param name="account">The account.</param>
    /// <param name="now">The time, for signatures that hold it.</param>
    public abstract void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now);
}
