package coop.imece.platform.aggregate;

/// A wish addressed to another function, in the imperative, sent through the outbox of the aggregate that raises it.
///
/// Implementations are records with [CommandType]; their components are the whole data of the message. A command takes
/// no place in the aggregate's sequence. Personal data in it is sealed ([coop.imece.platform.seal.Sealing]).
public interface Command {

    /// The record key on the command's topic: commands with one key stay in order.
    String key();
}
