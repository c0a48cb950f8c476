"""Portuguese turns and wordings of every contact reason."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

WORDS = read_words(
    """
[voice]
hello: Olá,
hello: Bom dia,
hello: Boa tarde,
hello: Prezada equipe Northlight,
hi: Oi!
hi: Olá,
hi: Oi, uma dúvida:
opener: Espero que possam me ajudar.
opener: Não encontrei nada na central de ajuda.
opener: Escrevo em nome da {company}.
opener: Já liguei no dia {date}.
extra: Uso o aplicativo em um {device}.
extra: Minha conta está em {email}.
extra: Podem me ligar no {phone} até as {hour}.
extra: Segue uma foto em anexo.
past: Percebi isso no dia {date}.
extra: Tenho o plano {plan}.
angry: Isso é inaceitável.
angry: Estou muito decepcionado e irritado.
angry: É o pior atendimento que já tive.
angry: Se não resolverem hoje, cancelo tudo.
polite: No mais, estou muito satisfeito com vocês.
polite: Muito obrigado, vocês são sempre atenciosos!
mixed: O produto é lindo, o atendimento é uma bagunça.
mixed: Que beleza, a terceira vez este ano.
bye: Atenciosamente,
bye: Obrigado,
bye: Desde já agradeço,
bye: Um abraço,
sign: {name}
sign: {fullname}
sign: {fullname}\\n{company}, {city}
sign: {name}\\n\\nEnviado do meu {device}
form: Pedido: {order}\\nProduto: {product}
form: E-mail: {email}\\nTelefone: {phone}
call: [Ligação, {now}]\\nCliente:
call: [Correio de voz, {phone}]
social: @NorthlightCare
social: Oi @NorthlightCare,
tail: #northlight
tail: 😡
tail: Mais alguém?
info: O número do pedido é {order}, do dia {date}.
info: Aparece sempre o erro {code}, em um {device}.
info: O cartão termina em {card}, o valor era {amount}.
info: Acabei de tentar e continua igual.
info: Sim, a conta {email} está certa.
chase: Alguma novidade?
chase: Estou há {days} dias esperando uma resposta.
chase: Alguém pode ver o chamado {ticket}?
furious: Ainda nada! Isso é uma vergonha.
furious: Isso não ajuda em nada, estou furioso.
thanks: Muito obrigado, agora funciona!
thanks: Perfeito, obrigado pela rapidez.
thanks: Tudo resolvido, obrigado {agent}.
still: Desculpe, o problema voltou desde as {time}.
still: Fecharam o chamado, mas nada mudou.
still: Ainda não recebi {amount}, verifiquem por favor.
ack: Obrigado pelo contato. Recebemos o seu pedido {ticket}.
ack: Olá, sou a Lumi, assistente virtual. Vou passar você para a equipe {team}.
agent_hello: Olá {name},
agent_hello: Prezado(a) {fullname},
agent_hi: Oi {name}, aqui é {agent}.
agent_open: Obrigado pela sua mensagem.
agent_open: Obrigado por entrar em contato.
agent_sorry: Sinto muito pelo transtorno.
agent_sorry: Entendo a sua irritação e peço desculpas.
agent_ask: Pode me informar o número do pedido e a data da compra?
agent_ask: Pode enviar uma foto ou uma captura de tela?
agent_more: Obrigado. Passei a um colega e respondo em {days} dias.
agent_more: Estou vendo isso com o setor responsável.
agent_more: Obrigado pelos dados, vou rever o pedido {order}.
agent_done: Está feito. Escreva se precisar de algo mais.
agent_done: Vou fechar o chamado; pode responder quando quiser.
agent_next: Posso ajudar em algo mais?
agent_next: A confirmação vai para {email}.
agent_bye: Atenciosamente,\\n{agent}\\nNorthlight {team}
agent_bye: Um abraço,\\n{agent}
wrote: Em {stamp}, {fullname} escreveu:
wrote_us: Em {answered}, {agent} (Northlight) escreveu:
mark: RES:
mark: ENC:
mark: URGENTE:
touch: Conversa com {name}
direct: Mensagem direta de {name}
ring: Ligação de {phone}
good: Rápido e atencioso, obrigado!
good: {agent} foi excelente.
bad: Demorou demais.
bad: Meu problema não foi resolvido, muito decepcionante.
[refund]
subject: Reembolso do pedido {order}
subject: Cadê meu dinheiro?
says: Devolvi o {product} no dia {date} e ainda espero o reembolso.
says: Quero devolver o pedido {order} e receber meu dinheiro de volta.
says: O reembolso de {amount} ainda não caiu na minha conta.
detail: Paguei com o cartão final {card}.
detail: O site fala em {days} dias.
ask: Quando vou receber o dinheiro?
ask: Verifiquem o reembolso, por favor.
answer: Fiz o reembolso de {amount}; chega em {days} dias.
answer: A devolução chegou e o reembolso de {order} está a caminho.
[double_charge]
subject: Cobrança em dobro, {order}
subject: Duas cobranças de {amount}
says: Fui cobrado duas vezes pelo pedido {order}.
says: Há duas cobranças de {amount} na fatura do dia {date}.
says: A página de pagamento travou e agora paguei em dobro.
detail: O cartão termina em {card}.
detail: Recebi só uma confirmação.
ask: Devolvam uma delas, por favor.
ask: Qual das duas vale?
answer: Você tem razão, foi cobrança duplicada. Devolvi {amount}.
answer: A segunda é só uma reserva e some em {days} dias.
[invoice]
subject: Nota fiscal de {order}
subject: Segunda via da fatura {invoice}
says: Preciso de uma cópia da fatura do pedido {order}.
says: Falta a fatura {invoice} na nossa contabilidade.
says: O nome da empresa está errado na fatura.
detail: O certo é {company}, {city}.
detail: É para o fechamento do trimestre.
ask: Podem enviar em PDF para {email}?
ask: Corrijam, por favor.
answer: Segue a fatura {invoice} corrigida em anexo.
answer: Todas as faturas estão em Conta, Cobrança, Documentos.
[late_delivery]
subject: Onde está meu pedido {order}?
subject: Entrega atrasada
says: Meu pedido {order} devia chegar no dia {date} e não chegou.
says: O envio {tracking} está parado há {days} dias.
says: Continuo esperando meu {product}.
says: O pacote consta como entregue, mas aqui não tem nada.
detail: O endereço é em {city}.
detail: É um presente de aniversário.
ask: Quando vai chegar?
ask: Descubram onde está, por favor.
answer: Abri uma reclamação na transportadora para {tracking}.
answer: O pacote estava parado em {city} e já está andando.
[damaged_item]
subject: {product} chegou quebrado
subject: Produto com defeito, {order}
says: Meu {product} chegou danificado.
says: A caixa veio amassada e o aparelho está quebrado.
says: O {product} do pedido {order} não liga.
detail: Mando duas fotos.
detail: Chegou no dia {date}.
ask: Quero a troca.
ask: Como faço para devolver?
answer: Pedi um {product} novo; pode ficar com o outro.
answer: Obrigado pelas fotos, aprovei o reembolso de {amount}.
[cancellation]
subject: Cancelar minha assinatura
subject: Fim do plano {plan}
says: Quero cancelar minha assinatura {plan}.
says: Cancelei no dia {date} e cobraram {amount} de novo.
says: Não encontro o botão para cancelar.
detail: A conta é {email}.
detail: Quase não usamos mais.
ask: Confirmem por escrito, por favor.
ask: Existe aviso prévio?
answer: A assinatura termina neste período e nada mais será cobrado.
answer: Cancelei e devolvi {amount}.
[wrong_item]
subject: Item errado, {order}
subject: Não foi isso que pedi
says: Pedi um {product} e recebi outra coisa.
says: No pacote de {order} veio um item que não é meu.
detail: A etiqueta diz {tracking}.
detail: A confirmação do dia {date} está certa.
ask: Enviem o certo, por favor.
ask: O que faço com o errado?
answer: O {product} certo está a caminho com {tracking}.
answer: Pode devolver o outro sem custo.
[login]
subject: Não consigo entrar
subject: Código recusado
says: Não consigo entrar na minha conta.
says: O código de verificação é sempre recusado.
says: Depois da senha só vejo o erro {code}.
says: Minha conta {email} está bloqueada desde o dia {date}.
detail: Tentei com {browser} e com o aplicativo.
detail: Os códigos reserva também não funcionam.
ask: Desbloqueiem a conta, por favor.
ask: O que posso fazer?
answer: Redefini o segundo fator.
answer: A conta estava bloqueada e já está liberada.
[password_reset]
subject: Esqueci minha senha
subject: E-mail não chega
says: Esqueci minha senha e o e-mail não chega.
says: O link diz que expirou.
says: Não consigo criar uma senha nova, aparece {code}.
detail: O endereço é {email}.
detail: Também não está no spam.
ask: Podem mandar outro link?
ask: Por quanto tempo vale o link?
answer: Mandei um link novo para {email}; vale uma hora.
answer: Use pelo menos doze caracteres, por favor.
[app_crash]
subject: O aplicativo fecha sozinho
subject: Erro {code} no aplicativo
says: O aplicativo Harbor fecha assim que abro.
says: Desde a versão {version} o aplicativo fecha sozinho.
says: A tela fica branca no meu {device}.
detail: Já reinstalei.
detail: Funcionava até o dia {date}.
ask: Existe solução?
ask: Quando sai a próxima versão?
answer: É um defeito conhecido da {version}; instale a atualização.
answer: Limpe o cache e abra o aplicativo de novo.
[api_error]
subject: API devolve {code}
subject: Integração parada
says: Nossa integração recebe {code} da API de vocês.
says: O webhook do {product} não chega desde o dia {date}.
says: A chave de API da {company} é recusada.
detail: A requisição é {tracking}.
detail: Com a chave antiga funciona.
ask: É um problema conhecido?
ask: Um técnico pode olhar?
answer: Achei a requisição {tracking}; faltava uma permissão.
answer: O webhook estava em pausa e já voltou.
[device_offline]
subject: {product} sem conexão
subject: Não conecta no wifi
says: Meu {product} está sem conexão e não volta.
says: O {product} não conecta mais no wifi.
says: A luz pisca em vermelho desde o dia {date}.
detail: O roteador fica a dois metros.
detail: Já restaurei de fábrica.
ask: O que mais posso tentar?
ask: O aparelho está com defeito?
answer: Segure o botão por dez segundos e adicione de novo.
answer: O aparelho está com defeito, pedi a troca.
[upgrade]
subject: Dúvida sobre preços
subject: Orçamento para {company}
says: Queremos passar do {plan} para um plano maior.
says: Quanto custa o Pro para vinte pessoas?
says: Há desconto para escolas?
detail: Somos umas quarenta pessoas.
detail: Nosso orçamento é de {amount} por mês.
ask: Mandem uma proposta, por favor.
ask: O que recomendam?
answer: Segue a proposta de {amount}, válida por 30 dias.
answer: Pode mudar quando quiser e paga só a diferença.
[privacy]
subject: Meus dados pessoais
subject: Apagar minha conta
says: Enviem todos os dados que vocês têm sobre mim.
says: Quero que apaguem minha conta e todos os meus dados.
says: Onde ficam as gravações do {product}?
detail: É um pedido com base na LGPD.
detail: A conta é {email}.
ask: Confirmem a exclusão, por favor.
ask: Quem é o encarregado de dados?
answer: A exportação está pronta, o link foi para {email}.
answer: A conta será apagada em {days} dias.
[feature_request]
subject: Ideia para o aplicativo
subject: Sugestão
says: Seria ótimo se o {product} tivesse um temporizador.
says: Poderiam incluir um modo escuro?
says: Sinto falta de um relatório semanal do {product}.
detail: Outras marcas já têm.
detail: Eu usaria todos os dias.
ask: Isso está previsto?
ask: Passem aos desenvolvedores, por favor.
answer: Obrigado pela ideia, anotei o seu voto.
answer: Está previsto para a próxima versão.
[onboarding]
subject: Ajuda com a instalação
subject: Primeiros passos com {product}
says: Acabei de comprar o {product} e preciso de ajuda para instalar.
says: Como adiciono uma segunda casa?
says: Somos novos e queremos um treinamento para a {company}.
detail: Uso um {device}.
detail: É um apartamento de quatro cômodos.
ask: Existe um vídeo?
ask: Qual é o primeiro passo?
answer: Abra Ajustes, Casas, Adicionar, por favor.
answer: O horário está marcado, o convite foi para {email}.
[praise]
subject: Muito obrigado!
subject: Elogio para {agent}
says: Só queria agradecer, {agent} foi fantástico.
says: Adorei meu novo {product}, funciona muito bem.
says: Que atendimento excelente, a troca chegou no dia seguinte!
detail: A família toda está feliz.
detail: Vou recomendar vocês em {city}.
ask: Continuem assim!
ask: Não precisa responder.
answer: Muito obrigado pelas palavras, vou passar à equipe.
answer: Ficamos muito felizes, aproveite o seu {product}!
"""
)
