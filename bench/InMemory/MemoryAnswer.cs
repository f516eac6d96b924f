using System.Text;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>What the upstream answers with 200.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Pieces">Its body, as reads bring it.</param>
internal sealed record MemoryAnswer(string MediaType, IReadOnlyList<byte[]> Pieces)
{
    /// <summary>A small answer in one piece.</summary>
    public static MemoryAnswer Text { get; } = new("application/json", [Encoding.UTF8.GetBytes($$"""{"id":"0123456789","text":"{{new string('x', 150)}}"}""")]);

    /// <summary>Bytes of all pieces.</summary>
    public int Length => Pieces.Sum(p => p.Length);
}
