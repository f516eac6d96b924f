namespace Tidegate.Models.Providers.Fake;

/// <summary>What goes wrong inside an answer of <see cref="FakeScript"/>.</summary>
internal enum FakeFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection breaks.</summary>
    Cut,

    /// <summary>Nothing more comes, and the connection stays.</summary>
    Stall,

    /// <summary>One event is no JSON; the rest follows.</summary>
    Malformed,

    /// <summary>The provider says inside the stream that it failed.</summary>
    Error,

    /// <summary>The stream ends without saying why.</summary>
    Truncate,

    /// <summary>Everything is there but the end mark (and usage, which OpenAI sends after the last choice).</summary>
    NoDone,
}
