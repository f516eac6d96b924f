using Tidegate.Cli;
using Tidegate.Core.Credentials;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate keys hash</c>: needs no server.</summary>
internal sealed class KeysHashVerb : Verb
{
    public KeysHashVerb()
        : base("hash", "Print the SHA-256 of a key, for spec.keys of a Consumer document.")
    {
    }

    public override IReadOnlyList<string> Examples => ["keys hash < key.txt"];

    public override Task<int> RunAsync(VerbContext context)
    {
        var key = (context.Terminal.InIsTerminal ? context.Terminal.ReadSecret("Key: ") : context.Terminal.In.ReadLine())?.Trim();
        if (string.IsNullOrEmpty(key)) throw new VerbFailure(ExitCode.Usage, "No key given.") { Action = "Type it, or pipe it in." };
        if (CredentialText.HasPrefix(CredentialText.Key, key) && !CredentialText.IsWellFormed(CredentialText.Key, key))
            throw new VerbFailure(ExitCode.Invalid, "This looks like a key of Tidegate, but its checksum is wrong: characters are missing or mistyped.") { Action = "Copy it again." };
        if (key.Length < 24) context.Say("This key is short. Callers could guess it; 'tidegate keys create' makes a strong one.");
        context.Terminal.Out.WriteLine(CredentialText.Sha256(key));
        return Task.FromResult(ExitCode.Ok);
    }
}
